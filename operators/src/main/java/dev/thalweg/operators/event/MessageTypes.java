package dev.thalweg.operators.event;

import dev.thalweg.schemas.ContractSource.ContractFile;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Type information of what flows between operators. */
public final class MessageTypes {
  /** Of {@link Message}. */
  public static final TypeInformation<Message> MESSAGE =
      new FixedTypeInfo<>(Message.class, MessageSerializer::new);

  /** Of {@link Event}. */
  public static final TypeInformation<Event> EVENT =
      new FixedTypeInfo<>(Event.class, EventSerializer::new);

  /** Of {@link RawRecord}. */
  public static final TypeInformation<RawRecord> RAW_RECORD =
      new FixedTypeInfo<>(RawRecord.class, RawRecordSerializer::new);

  /** Of {@link ContractFile}. */
  public static final TypeInformation<ContractFile> CONTRACT_FILE =
      new FixedTypeInfo<>(ContractFile.class, ContractFileSerializer::new);

  private MessageTypes() {}
}
