/** Input files, read line by line, row by row, as the records they become. */
package dev.thalweg.cli.input;
