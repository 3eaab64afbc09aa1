package dev.thalweg.operators.decode;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.SchemaRegistry;
import java.util.IdentityHashMap;
import java.util.Map;

/** The ids that contracts have in the registry. Not thread safe. */
final class RegisteredContracts {
  private final SchemaRegistry registry;
  private final RegistryConfig config;
  private final Map<Contract, Integer> canonicalIds = new IdentityHashMap<>();

  RegisteredContracts(SchemaRegistry registry, RegistryConfig config) {
    this.registry = registry;
    this.config = config;
  }

  /**
   * Asks for the ids of all contracts that it has not asked for yet, so that they are known when
   * the registry goes away. Where it is away already, each is asked for with its first event.
   */
  void prepare(EventDecoder decoder) {
    if (!registry.answers()) {
      return;
    }
    for (Contract contract : decoder.catalog().events()) {
      if (!canonicalIds.containsKey(contract)) {
        String subject = SchemaRegistry.subject(config.eventsTopic(), contract.schema());
        registry.find(subject, contract.schema()).ifPresent(id -> decoder.learn(id, contract));
        canonicalId(contract);
      }
    }
  }

  /** The id of the contract's canonical schema, which is registered unless it is already. */
  int canonicalId(Contract contract) {
    return canonicalIds.computeIfAbsent(contract, this::register);
  }

  private int register(Contract contract) {
    return registry.register(
        SchemaRegistry.subject(config.canonicalTopic(), contract.canonicalSchema()),
        contract.canonicalSchema());
  }
}
