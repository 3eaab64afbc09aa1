/** Charts as SVG text: data in, markup out. They know no views, no clock and no files. */
package dev.thalweg.cli.report.chart;
