/** The schema registry, by the API that Confluent's and compatible ones speak. */
package dev.thalweg.jobs.registry;
