/** Events to test with, for this module and those above it. */
package dev.thalweg.schemas.testkit;
