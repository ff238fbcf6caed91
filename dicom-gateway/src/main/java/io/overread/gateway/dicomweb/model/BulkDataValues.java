package io.overread.gateway.dicomweb.model;

import io.overread.dicom.data.Value;
import java.util.Optional;

/** The values that came beside a model, by the URI that the model names (PS3.18 F.2.6). */
@FunctionalInterface
public interface BulkDataValues {

  /** The value, if it came. */
  Optional<Value> value(String uri);
}
