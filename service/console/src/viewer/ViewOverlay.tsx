import type { FrameStack } from './frames';
import { edgeLetters } from './orientation';
import type { ViewState } from './StackView';

interface Props {
  state: ViewState;
  stack: FrameStack;
  broken: Error | null;
  onRetry: () => void;
}

/** The words over the image. While an image loads or fails, nothing else is left to be mistaken for it. */
export function ViewOverlay({ state, stack, broken, onRetry }: Props) {
  const { series, frames } = stack;
  const frame = frames[state.wanted];
  const loading = frames.length > 0 && !state.failure && state.shown !== state.wanted;
  const title = [series.modality, series.bodyPartExamined, series.seriesDescription]
    .filter(Boolean)
    .join(' · ');
  const edges = state.shown === null ? null : edgeLetters(state.pixels?.orientation ?? null);
  return (
    <>
      {edges &&
        (['left', 'right', 'top', 'bottom'] as const).map((edge) => (
          <div key={edge} className={`overlay edge ${edge}`} data-testid={`edge-${edge}`}>
            {edges[edge]}
          </div>
        ))}
      {state.failure && (
        <div className="viewport-cover" role="alert" data-testid="image-failure">
          <strong>{state.failure.title}</strong>
          {state.failure.detail && <span>{state.failure.detail}</span>}
          <span className="muted small mono">{frame?.sopInstanceUid}</span>
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </div>
      )}
      {frames.length === 0 && (
        <div className="viewport-cover" data-testid="no-images">
          <strong>This series holds no images</strong>
          <span className="muted">
            It is kept as it was received: {stack.withoutImages.length}{' '}
            {stack.withoutImages.length === 1 ? 'object' : 'objects'} without pixels.
          </span>
          {stack.withoutImages[0] && (
            <span className="muted small mono">SOP class {stack.withoutImages[0].sopClassUid}</span>
          )}
        </div>
      )}
      {broken && (
        <div className="viewport-cover" role="alert">
          <strong>The viewer could not start</strong>
          <span>{broken.message}</span>
        </div>
      )}
      {loading && (
        <div className={state.shown === null ? 'viewport-cover late' : 'viewport-cover late veil'}>
          Loading image {state.wanted + 1}…
        </div>
      )}
      <div className="overlay top-left">{title}</div>
      <div className="overlay top-right figures" data-testid="image-position">
        {frames.length > 0 && `Image ${state.wanted + 1} / ${frames.length}`}
        {frame && frame.frameNumber > 1 && ` · frame ${frame.frameNumber}`}
        {state.shown === state.wanted && state.pixels?.label && ` · ${state.pixels.label}`}
      </div>
      <div className="overlay bottom-left figures" data-testid="window-level">
        {state.window &&
          `W ${Math.round(state.window.width)}  L ${Math.round(state.window.center)}`}
        {state.inverted && <span className="inverted-mark">inverted</span>}
      </div>
      <div className="overlay bottom-right figures">
        {state.zoom !== null && `${Math.round(state.zoom * 100)} %`}
        {frame?.rows && ` · ${frame.columns} × ${frame.rows}`}
      </div>
    </>
  );
}
