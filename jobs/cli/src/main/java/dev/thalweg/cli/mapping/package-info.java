/** Mapping files: how the rows of a CSV or NDJSON file become events or profiles. */
package dev.thalweg.cli.mapping;
