/** Joins to events what is known from elsewhere. */
package dev.thalweg.operators.enrich;
