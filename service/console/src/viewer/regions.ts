import type { Finding, ImageBox, LocatedBy, Question } from '../api/shapes';
import type { Frame } from './frames';
import type { Placement } from './placement';

/** A box as it is drawn over a frame. */
export interface ShownRegion {
  sopInstanceUid: string;
  /** From 1. */
  frameNumber: number;
  box: ImageBox;
  label: string;
  /** Drawn stronger than the others. */
  chosen: boolean;
}

const methods: Record<LocatedBy, string> = {
  MAP: "Located by the model's own map",
  BOX: 'Located by a box that the model wrote',
  OCCLUSION: 'Located by covering parts of the image',
};

/** How it was found out where a finding is; null where nothing tells where it is. */
export function locatedInWords(finding: Finding): string | null {
  if (!finding.region) return null;
  return finding.region.method ? methods[finding.region.method] : 'Located on the image';
}

export function regionsOfFindings(findings: Finding[], selected: string | null): ShownRegion[] {
  return findings.flatMap((finding) =>
    finding.region && finding.sopInstanceUid
      ? [
          {
            sopInstanceUid: finding.sopInstanceUid,
            frameNumber: finding.frameNumber ?? 1,
            box: finding.region.box,
            label: finding.name,
            chosen: finding.id === selected,
          },
        ]
      : [],
  );
}

export function regionsOfAnswer(question: Question): ShownRegion[] {
  return (question.regions ?? []).map((region) => ({ ...region, chosen: true }));
}

export function onFrame(regions: ShownRegion[], frame: Frame | undefined): ShownRegion[] {
  return regions.filter(
    (region) =>
      region.sopInstanceUid === frame?.sopInstanceUid && region.frameNumber === frame.frameNumber,
  );
}

/** The corners of a box on the screen, clockwise; the image may be turned or mirrored. */
export function cornersOf(box: ImageBox, [a, b, c, d, e, f]: Placement): [number, number][] {
  return [
    [box.left, box.top],
    [box.right, box.top],
    [box.right, box.bottom],
    [box.left, box.bottom],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f]);
}
