/** What the views say, as one HTML file with charts and as a table for the terminal. */
package dev.thalweg.cli.report;
