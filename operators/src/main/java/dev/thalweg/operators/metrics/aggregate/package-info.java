/** What is known of some events, such that more can be added in any order. */
package dev.thalweg.operators.metrics.aggregate;
