/** Which events go to pipelines of experiments, besides the core one. */
package dev.thalweg.operators.experiments.routing;
