package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/** One document while it is put together: one channel, one operation, the messages. */
final class AsyncApiDocument {
  private static final String VERSION = "3.0.0";
  private static final String CHANNEL = "stream";

  private final ObjectNode root = JsonTree.object().put("asyncapi", VERSION);
  private final ObjectNode channelMessages = JsonTree.object();
  private final ObjectNode messages = JsonTree.object();
  private final TreeSet<String> owners = new TreeSet<>();
  private final ObjectNode info;

  AsyncApiDocument(StreamTopic topic, String version, Stream stream) {
    info = root.putObject("info").put("title", topic.name()).put("version", version);
    info.put("description", stream.description());
    info.putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0");
    ObjectNode channel = root.putObject("channels").putObject(CHANNEL);
    channel.put("address", topic.name()).put("description", stream.description());
    channel.set("messages", channelMessages);
    channel.set("bindings", KafkaBindings.channel(topic));
    root.putObject("operations")
        .putObject(stream.action())
        .put("action", stream.action())
        .put("summary", stream.summary())
        .putObject("channel")
        .put("$ref", "#/channels/" + CHANNEL);
    root.putObject("components").set("messages", messages);
  }

  /**
   * What a document says in words.
   *
   * @param action {@code send} or {@code receive}, as the pipeline sees it
   * @param summary what the pipeline does with the stream
   * @param description what the stream holds
   */
  record Stream(String action, String summary, String description) {}

  /** Adds a message; {@code owner} may be null. */
  void add(String id, ObjectNode message, String owner) {
    messages.set(id, message);
    channelMessages.putObject(id).put("$ref", "#/components/messages/" + id);
    if (owner != null) {
      owners.add(owner);
    }
  }

  ObjectNode build() {
    if (!owners.isEmpty()) {
      ArrayNode tags = info.putArray("tags");
      owners.forEach(owner -> tags.add(AsyncApiMessages.owner(owner)));
    }
    return root;
  }
}
