/** What all jobs share. */
package dev.thalweg.jobs;
