/** Evaluates flagd's flag definitions (flagd.dev), by fractional version 2. It knows no Flink. */
package dev.thalweg.operators.experiments.flags;
