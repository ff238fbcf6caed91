import { cssMatrix, type Placement } from './placement';

interface Props {
  /** Of the frame. */
  address: string;
  placement: Placement;
}

/** The overlays of a frame, laid over it; the image beneath stays as it is. */
export function OverlayLayer({ address, placement }: Props) {
  return (
    <img
      key={address}
      className="overlay-layer"
      src={`${address}/overlays`}
      alt=""
      style={{ transform: cssMatrix(placement) }}
      data-testid="overlay-layer"
    />
  );
}
