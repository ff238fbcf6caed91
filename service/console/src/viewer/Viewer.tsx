import { useEffect, useRef, useState } from 'react';
import { KeyButton } from '../keyboard/KeyButton';
import { useKeys } from '../keyboard/useKeys';
import { type FrameStack, frameAddress } from './frames';
import { imageIdOf } from './imageLoader';
import { OverlayLayer } from './OverlayLayer';
import { NotAppliedNotice, NotShownNotice, PresentationChoice } from './PresentationChoice';
import { appliesTo, statesOf } from './presentationStates';
import { RegionLayer } from './RegionLayer';
import { onFrame, type ShownRegion } from './regions';
import { type LeftTool, nothing, StackView, type ViewState } from './StackView';
import { usePresentationStates } from './usePresentationStates';
import { ViewOverlay } from './ViewOverlay';

interface Props {
  studyInstanceUid: string;
  stack: FrameStack;
  /** The frame to show; a new object asks again, also for the same frame. */
  target: { frame: number };
  /** Where the model sees what it says, on any frame of the study. */
  regions: ShownRegion[];
}

const toolLabels: [LeftTool, string][] = [
  ['windowLevel', 'Window'],
  ['zoom', 'Zoom'],
  ['pan', 'Pan'],
];

export default function Viewer({ studyInstanceUid, stack, target, regions }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<StackView | null>(null);
  const [state, setState] = useState<ViewState>(nothing);
  const [tool, setTool] = useState<LeftTool>('windowLevel');
  const [broken, setBroken] = useState<Error | null>(null);
  const series = stack.series.seriesInstanceUid;
  const first = useRef(target.frame);
  first.current = target.frame;
  const frames = useRef(stack.frames);
  frames.current = stack.frames;
  const [overlays, setOverlays] = useState(true);
  const all = usePresentationStates(studyInstanceUid, stack);
  const states = statesOf(all, stack.frames);
  const [choice, setChoice] = useState<string | null>(null);
  const chosen = states.find((state) => state.sopInstanceUid === choice) ?? null;
  const presentation = useRef(chosen);
  presentation.current = chosen;
  const presentedAs = chosen?.sopInstanceUid ?? '';
  // A new revision may add frames to a series: the stack is set again when its make-up changes.
  const makeUp = `${studyInstanceUid} ${series} ${stack.frames.length}`;

  useEffect(() => {
    if (!element.current) return;
    try {
      view.current = new StackView(element.current, setState);
    } catch (thrown) {
      setBroken(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
    return () => {
      view.current?.close();
      view.current = null;
    };
  }, []);
  const looking = useRef({ makeUp, frame: 0 });
  useEffect(() => {
    const state = presentation.current;
    const imageIds = frames.current.map((frame) =>
      imageIdOf(
        frameAddress(studyInstanceUid, frame),
        state && appliesTo(state, frame) ? state.sopInstanceUid : null,
      ),
    );
    const same = looking.current.makeUp === makeUp;
    void view.current?.show(imageIds, same ? looking.current.frame : first.current);
  }, [makeUp, studyInstanceUid, presentedAs]);
  useEffect(() => {
    void view.current?.goTo(target.frame);
  }, [target]);
  useEffect(() => view.current?.use(tool), [tool]);

  const wanted = state.wanted;
  useEffect(() => {
    looking.current = { makeUp, frame: wanted };
  }, [makeUp, wanted]);
  const shown = stack.frames[state.shown ?? -1];
  const outlined = onFrame(regions, shown);

  const scroll = (delta: number) => view.current?.scroll(delta);
  const count = stack.frames.length;
  useKeys({
    windowLevel: () => setTool('windowLevel'),
    zoom: () => setTool('zoom'),
    pan: () => setTool('pan'),
    invert: () => view.current?.invert(),
    overlays: () => setOverlays((on) => !on),
    fit: () => view.current?.fit(),
    reset: () => view.current?.reset(),
    imageDown: () => scroll(1),
    imageUp: () => scroll(-1),
    pageDown: () => scroll(10),
    pageUp: () => scroll(-10),
    imageFirst: () => void view.current?.goTo(0),
    imageLast: () => void view.current?.goTo(count - 1),
  });

  return (
    <section className="viewer" aria-label="Images" data-testid="viewer">
      <div className="viewer-tools" role="toolbar" aria-label="Image tools">
        {toolLabels.map(([name, label]) => (
          <KeyButton
            key={name}
            command={name}
            aria-pressed={tool === name}
            onClick={() => setTool(name)}
            data-testid={`tool-${name}`}
          >
            {label}
          </KeyButton>
        ))}
        <span className="divider" />
        <KeyButton
          command="invert"
          aria-pressed={state.inverted}
          onClick={() => view.current?.invert()}
          data-testid="tool-invert"
        >
          Invert
        </KeyButton>
        {(state.pixels?.overlays || outlined.length > 0) && (
          <KeyButton
            command="overlays"
            aria-pressed={overlays}
            onClick={() => setOverlays(!overlays)}
            data-testid="tool-overlays"
          >
            Overlays
          </KeyButton>
        )}
        <KeyButton command="fit" onClick={() => view.current?.fit()} data-testid="tool-fit">
          Fit
        </KeyButton>
        <KeyButton command="reset" onClick={() => view.current?.reset()} data-testid="tool-reset">
          Reset
        </KeyButton>
        <PresentationChoice states={states} all={all} chosen={chosen} onChoose={setChoice} />
      </div>
      <NotAppliedNotice state={chosen} />
      <NotShownNotice notShown={state.pixels?.notShown ?? null} />
      <div className="viewport-frame">
        <div
          ref={element}
          className={`viewport tool-${tool}`}
          data-testid="viewport"
          data-shown={state.shown ?? ''}
        />
        {overlays && shown && state.pixels?.overlays && state.placement && (
          <OverlayLayer
            address={frameAddress(studyInstanceUid, shown)}
            placement={state.placement}
          />
        )}
        {overlays && outlined.length > 0 && state.placement && (
          <RegionLayer regions={outlined} placement={state.placement} />
        )}
        <ViewOverlay
          state={state}
          stack={stack}
          broken={broken}
          onRetry={() => void view.current?.retry()}
        />
        {count > 1 && (
          <input
            type="range"
            className="stack-position"
            aria-label="Image in the stack"
            aria-valuetext={`Image ${wanted + 1} of ${count}`}
            min={0}
            max={count - 1}
            value={wanted}
            onChange={(event) => void view.current?.goTo(event.target.valueAsNumber)}
            data-testid="stack-position"
          />
        )}
      </div>
    </section>
  );
}
