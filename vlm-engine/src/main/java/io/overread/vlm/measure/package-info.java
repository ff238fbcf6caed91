/**
 * Commands that measure the engine: how fast it is ({@link
 * io.overread.vlm.measure.EngineBenchmark}) and how often it is right ({@link
 * io.overread.vlm.measure.EngineEvaluation}).
 */
@NullMarked
package io.overread.vlm.measure;

import org.jspecify.annotations.NullMarked;
