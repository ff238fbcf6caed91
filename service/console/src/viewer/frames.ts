import type { Finding, Instance, Series, Study } from '../api/shapes';

/** One frame of one instance, in the order in which a series is scrolled. */
export interface Frame {
  sopInstanceUid: string;
  /** From 1. */
  frameNumber: number;
  instanceNumber: number | null;
  rows: number | null;
  columns: number | null;
}

/** A series as the strip shows it. */
export interface FrameStack {
  series: Series;
  frames: Frame[];
  /** Instances without pixels: reports, presentation states and the like. */
  withoutImages: Instance[];
}

export function stacksOf(study: Study): FrameStack[] {
  return [...study.series]
    .sort((one, other) => order(one.seriesNumber, other.seriesNumber))
    .map((series) => {
      const instances = [...series.instances].sort((one, other) =>
        order(one.instanceNumber, other.instanceNumber),
      );
      return {
        series,
        frames: instances.filter(hasPixels).flatMap(framesOf),
        withoutImages: instances.filter((instance) => !hasPixels(instance)),
      };
    });
}

/** Where a finding was seen: its stack and the frame in it, or null when it names no image. */
export function whereSeen(
  stacks: FrameStack[],
  finding: Pick<Finding, 'sopInstanceUid' | 'frameNumber'>,
): { stack: number; frame: number } | null {
  for (const [stack, { frames }] of stacks.entries()) {
    const frame = frames.findIndex(
      (each) =>
        each.sopInstanceUid === finding.sopInstanceUid &&
        each.frameNumber === (finding.frameNumber ?? 1),
    );
    if (frame >= 0) return { stack, frame };
  }
  return null;
}

export function frameAddress(studyInstanceUid: string, frame: Frame): string {
  return `/api/studies/${studyInstanceUid}/instances/${frame.sopInstanceUid}/frames/${frame.frameNumber}`;
}

function hasPixels(instance: Instance): boolean {
  const { rows, columns, numberOfFrames } = instance;
  return (rows ?? 0) > 0 && (columns ?? 0) > 0 && (numberOfFrames ?? 1) > 0;
}

function framesOf(instance: Instance): Frame[] {
  return Array.from({ length: instance.numberOfFrames ?? 1 }, (_, index) => ({
    sopInstanceUid: instance.sopInstanceUid,
    frameNumber: index + 1,
    instanceNumber: instance.instanceNumber,
    rows: instance.rows,
    columns: instance.columns,
  }));
}

function order(one: number | null, other: number | null): number {
  return (one ?? Number.MAX_SAFE_INTEGER) - (other ?? Number.MAX_SAFE_INTEGER);
}
