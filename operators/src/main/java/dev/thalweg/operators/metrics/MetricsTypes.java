package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.FixedTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Type information of what flows between the operators of metrics. */
public final class MetricsTypes {
  /** Of {@link SubjectHits}. */
  public static final TypeInformation<SubjectHits> SUBJECT_HITS =
      new FixedTypeInfo<>(SubjectHits.class, SubjectHitsSerializer::new);

  /** Of {@link Contribution}. */
  public static final TypeInformation<Contribution> CONTRIBUTION =
      new FixedTypeInfo<>(Contribution.class, ContributionSerializer::new);

  /** Of {@link ViewRow}. */
  public static final TypeInformation<ViewRow> VIEW_ROW =
      new FixedTypeInfo<>(ViewRow.class, ViewRowSerializer::new);

  private MetricsTypes() {}
}
