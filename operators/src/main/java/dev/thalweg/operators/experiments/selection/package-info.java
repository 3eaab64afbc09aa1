/** What events mean to the experiments that run when they happen. */
package dev.thalweg.operators.experiments.selection;
