/** A made-up product whose event stream is known event by event. */
package dev.thalweg.cli.demo;
