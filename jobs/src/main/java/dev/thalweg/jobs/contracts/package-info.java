/** Contracts outside the class path. */
package dev.thalweg.jobs.contracts;
