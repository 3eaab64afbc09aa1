/** What operators of several packages have in common in how they pass records on. */
package dev.thalweg.operators.flow;
