/** Holds events to their contracts' rules and to sane times. */
package dev.thalweg.operators.validate;
