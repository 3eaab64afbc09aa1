/** How jobs behind ingest read canonical events. */
package dev.thalweg.jobs.canonical;
