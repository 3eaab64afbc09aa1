package dev.thalweg.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A running Flink cluster, through its REST interface. */
public final class FlinkCluster {

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int ERRORS = 400;
  private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI address;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  /** The cluster at this address. */
  public FlinkCluster(URI address) {
    this.address = address;
  }

  /** Address of the web UI and of REST. */
  public URI address() {
    return address;
  }

  /** Whether a JobManager leads and answers. */
  public boolean answers() {
    return get("/overview").isPresent();
  }

  /** How many task slots are registered. */
  public int slots() {
    return get("/overview").map(overview -> overview.path("slots-total").asInt()).orElse(0);
  }

  /** How many task slots are free. */
  public int freeSlots() {
    return get("/overview").map(overview -> overview.path("slots-available").asInt()).orElse(0);
  }

  /** Whether a TaskManager of this resource id is registered. */
  public boolean hasTaskManager(String id) {
    for (JsonNode manager : get("/taskmanagers").orElse(nothing()).path("taskmanagers")) {
      if (manager.path("id").asText().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** All jobs that the cluster knows, ended ones included. */
  public List<FlinkJob> jobs() {
    List<FlinkJob> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").orElse(nothing()).path("jobs")) {
      jobs.add(
          new FlinkJob(
              job.path("jid").asText(), job.path("name").asText(), job.path("state").asText()));
    }
    return jobs;
  }

  /** The job of this name that has not ended. */
  public Optional<FlinkJob> liveJob(String name) {
    return jobs().stream()
        .filter(job -> job.name().equals(name) && !ENDED.contains(job.state()))
        .findFirst();
  }

  /** The state of a job; empty while nobody answers. */
  public Optional<String> state(String jobId) {
    return get("/jobs/" + jobId).map(job -> job.path("state").asText());
  }

  /** Whether every task of a job runs, which is later than when the job says so. */
  public boolean allTasksRun(String jobId) {
    JsonNode vertices = get("/jobs/" + jobId).orElse(nothing()).path("vertices");
    for (JsonNode vertex : vertices) {
      if (!vertex.path("status").asText().equals("RUNNING")) {
        return false;
      }
    }
    return !vertices.isEmpty();
  }

  /** How often a job was restarted; 0 while nobody answers. */
  public long restarts(String jobId) {
    JsonNode metrics = get("/jobs/" + jobId + "/metrics?get=numRestarts").orElse(nothing());
    return metrics.path(0).path("value").asLong();
  }

  /** The highest parallelism among a job's steps. */
  public int parallelism(String jobId) {
    int highest = 0;
    for (JsonNode vertex : get("/jobs/" + jobId).orElse(nothing()).path("vertices")) {
      highest = Math.max(highest, vertex.path("parallelism").asInt());
    }
    return highest;
  }

  /** The newest failure of a job, as its innermost message. */
  public Optional<String> failure(String jobId) {
    JsonNode entries =
        get("/jobs/" + jobId + "/exceptions").orElse(nothing()).path("exceptionHistory");
    JsonNode newest = entries.path("entries").path(0);
    return newest.isMissingNode()
        ? Optional.empty()
        : Optional.of(FlinkStackTrace.cause(newest.path("stacktrace").asText()));
  }

  /** Begins to stop a job with a canonical savepoint; answers the request's id. */
  public String stopWithSavepoint(String jobId, Optional<String> directory, boolean drain) {
    Map<String, Object> body = new java.util.HashMap<>();
    body.put("drain", drain);
    body.put("formatType", "CANONICAL");
    directory.ifPresent(path -> body.put("targetDirectory", path));
    return post("/jobs/" + jobId + "/stop", body).path("request-id").asText();
  }

  /** How far the stop with this request id is. */
  public SavepointRequest savepoint(String jobId, String requestId) {
    JsonNode answer = get("/jobs/" + jobId + "/savepoints/" + requestId).orElse(nothing());
    JsonNode operation = answer.path("operation");
    return new SavepointRequest(
        answer.path("status").path("id").asText().equals("COMPLETED"),
        Optional.ofNullable(operation.path("location").textValue()),
        operation.has("failure-cause")
            ? Optional.of(
                FlinkStackTrace.cause(operation.path("failure-cause").path("stack-trace").asText()))
            : Optional.empty());
  }

  /** Ends a job without a savepoint. */
  public void cancel(String jobId) {
    send(
        HttpRequest.newBuilder(address.resolve("/jobs/" + jobId + "?mode=cancel"))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
  }

  /** What a path answers, when it answers well. */
  public Optional<JsonNode> get(String path) {
    try {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(address.resolve(path)).timeout(ANSWER_WITHIN).build(),
              HttpResponse.BodyHandlers.ofString());
      return response.statusCode() == OK
          ? Optional.of(JSON.readTree(response.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private JsonNode post(String path, Map<String, Object> body) {
    try {
      return send(
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
      JsonNode body = response.body().isBlank() ? nothing() : JSON.readTree(response.body());
      if (response.statusCode() >= ERRORS) {
        throw new IOException(
            FlinkStackTrace.cause(
                body.path("errors").path(0).asText("status " + response.statusCode())));
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }
}
