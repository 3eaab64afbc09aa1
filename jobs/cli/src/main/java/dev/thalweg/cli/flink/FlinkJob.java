package dev.thalweg.cli.flink;

/**
 * A job on a cluster.
 *
 * @param id Flink's job id
 * @param name the job's name
 * @param state Flink's word for what it does
 */
public record FlinkJob(String id, String name, String state) {}
