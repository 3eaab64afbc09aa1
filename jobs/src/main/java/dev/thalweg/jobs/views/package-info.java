/** What all that shows views agrees on. */
package dev.thalweg.jobs.views;
