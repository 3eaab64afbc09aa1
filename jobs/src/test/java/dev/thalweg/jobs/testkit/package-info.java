/** What tests of jobs share: a Kafka broker and a PostgreSQL of their own. */
package dev.thalweg.jobs.testkit;
