/** What an experiment is: its definition, when another one is another phase, and its JSON. */
package dev.thalweg.operators.experiments.definition;
