/**
 * What tests of operators and jobs share: a harness for one operator, events by the contracts, a
 * collecting sink, a cluster. Shipped as this module's test jar.
 */
package dev.thalweg.operators.testkit;
