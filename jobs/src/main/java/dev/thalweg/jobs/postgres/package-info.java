/** The PostgreSQL ends of jobs. */
package dev.thalweg.jobs.postgres;
