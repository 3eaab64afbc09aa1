package dev.thalweg.schemas.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All derived documents of a catalogue as files:
 *
 * <ul>
 *   <li>{@code json-schema/<event_type>/v<N>.json}: the event as producers send it
 *   <li>{@code json-schema/_canonical/<event_type>/v<N>.json}: the accepted event as it is printed
 *   <li>{@code json-schema/_records/<name>/v<N>.json}: an internal record as it is printed
 *   <li>{@code asyncapi/<topic>.json}
 * </ul>
 *
 * No event type begins with an underscore, so that none is in the way of the other folders.
 */
public final class ContractExport {
  private final ContractCatalog catalog;
  private final SortedMap<String, String> files = new TreeMap<>();

  private ContractExport(ContractCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The files' texts by path, the same for the same contracts, version and topics.
   *
   * @param version what the documents say is their version
   */
  public static SortedMap<String, String> files(
      ContractCatalog catalog, String version, Streams streams) {
    ContractExport export = new ContractExport(catalog);
    export.addJsonSchemas();
    export.addDocuments(new AsyncApiDocuments(catalog, version), streams);
    return Collections.unmodifiableSortedMap(export.files);
  }

  private void addJsonSchemas() {
    for (Contract event : catalog.events()) {
      boolean newest = JsonSchemas.isNewest(event, catalog);
      addJsonSchema("", event, JsonSchemas.edge(event, newest));
      addJsonSchema("_canonical/", event, JsonSchemas.canonical(event));
    }
    for (Contract contract : catalog.records()) {
      addJsonSchema("_records/", contract, JsonSchemas.record(contract));
    }
  }

  private void addJsonSchema(String folder, Contract contract, ObjectNode schema) {
    String place = folder + contract.type() + "/v" + contract.version();
    files.put("json-schema/" + place + ".json", JsonTree.text(schema));
  }

  private void addDocuments(AsyncApiDocuments documents, Streams streams) {
    addDocument(streams.raw(), documents.raw(streams.raw()));
    addDocument(streams.canonical(), documents.canonical(streams.canonical()));
    addDocument(streams.deadLetters(), documents.deadLetters(streams.deadLetters()));
    addDocument(streams.profiles(), documents.profiles(streams.profiles()));
  }

  private void addDocument(StreamTopic topic, ObjectNode document) {
    files.put("asyncapi/" + topic.name() + ".json", JsonTree.text(document));
  }
}
