package io.overread.service.journey;

import io.overread.gateway.instance.StoredInstance;
import io.overread.gateway.triage.Plane;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack.
 *
 * @param frame from 1
 * @param plane where it lies in the patient, if that is known
 */
record Slice(StoredInstance instance, int frame, @Nullable Plane plane) {}
