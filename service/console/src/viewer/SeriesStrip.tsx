import { useState } from 'react';
import { type FrameStack, frameAddress } from './frames';

interface Props {
  studyInstanceUid: string;
  stacks: FrameStack[];
  current: number;
  onSelect: (index: number) => void;
}

export function SeriesStrip({ studyInstanceUid, stacks, current, onSelect }: Props) {
  return (
    <nav className="series-strip" aria-label="Series">
      {stacks.map((stack, index) => (
        <button
          key={stack.series.seriesInstanceUid}
          type="button"
          aria-current={index === current}
          onClick={() => onSelect(index)}
          data-testid="series"
          title={stack.series.seriesDescription ?? undefined}
        >
          <Thumbnail studyInstanceUid={studyInstanceUid} stack={stack} />
          <span className="series-name">
            {stack.series.modality} {stack.series.seriesNumber ?? ''}
          </span>
          <span className="series-name muted">{stack.series.seriesDescription}</span>
          <span className="muted small">{contents(stack)}</span>
        </button>
      ))}
    </nav>
  );
}

function Thumbnail({ studyInstanceUid, stack }: { studyInstanceUid: string; stack: FrameStack }) {
  const [failed, setFailed] = useState(false);
  const middle = stack.frames[Math.floor(stack.frames.length / 2)];
  if (!middle || failed) {
    return <span className="thumbnail none">{middle ? 'Cannot be shown' : 'No image'}</span>;
  }
  return (
    <img
      className="thumbnail"
      src={`${frameAddress(studyInstanceUid, middle)}/rendered?size=160`}
      alt=""
      loading="lazy"
      onError={() => setFailed(true)}
    />
  );
}

function contents({ frames, withoutImages }: FrameStack): string {
  const images = frames.length === 1 ? '1 image' : `${frames.length} images`;
  return withoutImages.length === 0 ? images : `${images}, ${withoutImages.length} other`;
}
