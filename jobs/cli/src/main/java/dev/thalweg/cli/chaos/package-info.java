/** Breaks a running stack on purpose, and checks that nothing is lost or done twice. */
package dev.thalweg.cli.chaos;
