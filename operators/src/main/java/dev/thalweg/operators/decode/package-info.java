/** Turns records as they were read into events. */
package dev.thalweg.operators.decode;
