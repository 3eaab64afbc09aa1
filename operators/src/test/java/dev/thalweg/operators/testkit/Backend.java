package dev.thalweg.operators.testkit;

import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** Where an operator under test keeps its state. */
public enum Backend {
  /** On the heap, where state is handed out as the object that is stored. */
  HEAP {
    @Override
    StateBackend create() {
      return new HashMapStateBackend();
    }
  },
  /** In RocksDB, where every access serializes. */
  ROCKSDB {
    @Override
    StateBackend create() {
      return new EmbeddedRocksDBStateBackend();
    }
  };

  abstract StateBackend create();
}
