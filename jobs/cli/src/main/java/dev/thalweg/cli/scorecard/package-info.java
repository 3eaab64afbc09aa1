/** Scorecards of experiments, as text for the terminal and as one HTML file with charts. */
package dev.thalweg.cli.scorecard;
