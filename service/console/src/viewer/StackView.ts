import {
  cache,
  Enums,
  eventTarget,
  imageLoader,
  init,
  RenderingEngine,
  Settings,
  type Types,
  utilities,
} from '@cornerstonejs/core';
import {
  addTool,
  Enums as ToolEnums,
  init as initTools,
  PanTool,
  StackScrollTool,
  ToolGroupManager,
  type Types as ToolTypes,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools';
import type { Problem } from '../api/problem';
import { asProblem } from '../api/problem';
import { failureOf, pixelsOf, registerImageLoader } from './imageLoader';
import { type FramePixels, shownSpacing } from './pixels';
import { type Placement, placementOf } from './placement';

export const leftTools = {
  windowLevel: WindowLevelTool.toolName,
  zoom: ZoomTool.toolName,
  pan: PanTool.toolName,
} as const;
export type LeftTool = keyof typeof leftTools;

/** What is on the screen now, in words and numbers for the overlay. */
export interface ViewState {
  /** The frame asked for; `shown` lags behind while it loads. */
  wanted: number;
  /** The frame whose pixels are on the screen, or null when there are none. */
  shown: number | null;
  failure: Problem | null;
  window: { center: number; width: number } | null;
  /** Screen pixels per image pixel. */
  zoom: number | null;
  inverted: boolean;
  /** What is known of the shown frame. */
  pixels: FramePixels | null;
  /** Where the shown frame lies on the screen. */
  placement: Placement | null;
}

export const nothing: ViewState = {
  wanted: 0,
  shown: null,
  failure: null,
  window: null,
  zoom: null,
  inverted: false,
  pixels: null,
  placement: null,
};

let started = false;
let counter = 0;

function start(): void {
  if (started) return;
  started = true;
  init({
    // One view at a time needs one WebGL context, not the seven of the default pool.
    rendering: {
      renderingEngineMode: Enums.RenderingEngineModeEnum.ContextPool,
      webGlContextCount: 1,
    },
    debug: { statsOverlay: false },
  });
  // Its cursors are blob: images, which a strict Content-Security-Policy refuses; ours are CSS.
  Settings.getRuntimeSettings().set('useCursors', false);
  initTools();
  cache.setMaxCacheSize(768 * 1024 * 1024);
  registerImageLoader();
  [WindowLevelTool, ZoomTool, PanTool, StackScrollTool].forEach((tool) => addTool(tool));
}

/** One Cornerstone stack viewport with its tools: the only place that speaks to Cornerstone. */
export class StackView {
  private readonly id = `view-${++counter}`;
  private readonly engine: RenderingEngine;
  private readonly viewport: Types.IStackViewport;
  private readonly tools: ToolTypes.IToolGroup;
  private readonly resizing: ResizeObserver;
  private readonly leaving = new AbortController();
  private imageIds: string[] = [];
  private state = nothing;

  constructor(
    private readonly element: HTMLDivElement,
    private readonly changed: (state: ViewState) => void,
  ) {
    start();
    this.engine = new RenderingEngine(this.id);
    this.engine.enableElement({
      viewportId: this.id,
      type: Enums.ViewportType.STACK,
      element,
      defaultOptions: { background: [0, 0, 0] },
    });
    this.viewport = this.engine.getViewport(this.id) as Types.IStackViewport;
    this.tools = this.makeTools();
    this.resizing = new ResizeObserver(() => {
      this.engine.resize(true, true);
      this.report({});
    });
    this.resizing.observe(element);
    this.listen();
  }

  /** Shows a stack from one of its frames on. */
  async show(imageIds: string[], from: number): Promise<void> {
    // A series that grows keeps the image that is being looked at.
    const looking = imageIds.indexOf(this.imageIds[this.state.wanted] ?? '');
    const index = looking < 0 ? from : looking;
    this.imageIds = imageIds;
    this.report({ ...nothing, wanted: index });
    if (imageIds.length === 0) return;
    try {
      await this.viewport.setStack(imageIds, index);
      this.viewport.render();
    } catch (thrown) {
      this.failed(imageIds[index] ?? '', thrown);
    }
    this.prefetch(index);
  }

  /** Goes to a frame of the stack. */
  async goTo(index: number): Promise<void> {
    const wanted = Math.max(0, Math.min(this.imageIds.length - 1, index));
    if (this.imageIds.length === 0 || wanted === this.state.wanted) return;
    this.report({ wanted, failure: null });
    try {
      await this.viewport.setImageIdIndex(wanted);
    } catch (thrown) {
      this.failed(this.imageIds[wanted] ?? '', thrown);
    }
  }

  scroll(delta: number): void {
    void this.goTo(this.state.wanted + delta);
  }

  use(tool: LeftTool): void {
    const left = [{ mouseButton: ToolEnums.MouseBindings.Primary }];
    for (const name of Object.values(leftTools)) {
      this.tools.setToolPassive(name, { removeAllBindings: left });
    }
    const also = { windowLevel: [], zoom: this.secondary(), pan: this.auxiliary() }[tool];
    this.tools.setToolActive(leftTools[tool], { bindings: [...left, ...also] });
    if (tool !== 'zoom') this.tools.setToolActive(leftTools.zoom, { bindings: this.secondary() });
    if (tool !== 'pan') this.tools.setToolActive(leftTools.pan, { bindings: this.auxiliary() });
  }

  invert(): void {
    this.viewport.setProperties({ invert: !this.viewport.getProperties().invert });
    this.viewport.render();
    this.report({});
  }

  fit(): void {
    this.viewport.resetCamera();
    this.viewport.render();
    this.report({});
  }

  reset(): void {
    this.viewport.resetProperties();
    this.fit();
  }

  /** Loads the failed frame again. */
  async retry(): Promise<void> {
    const index = this.state.wanted;
    const imageId = this.imageIds[index];
    if (!imageId) return;
    if (cache.getImageLoadObject(imageId)) cache.removeImageLoadObject(imageId);
    await this.show(this.imageIds, index);
  }

  close(): void {
    this.leaving.abort();
    this.resizing.disconnect();
    ToolGroupManager.destroyToolGroup(this.id);
    this.engine.destroy();
  }

  private makeTools(): ToolTypes.IToolGroup {
    const tools = ToolGroupManager.createToolGroup(this.id);
    if (!tools) throw new Error('Cornerstone made no tool group');
    tools.addTool(WindowLevelTool.toolName);
    tools.addTool(ZoomTool.toolName, { pan: true });
    tools.addTool(PanTool.toolName);
    tools.addTool(StackScrollTool.toolName);
    tools.addViewport(this.id, this.id);
    tools.setToolActive(StackScrollTool.toolName, {
      bindings: [{ mouseButton: ToolEnums.MouseBindings.Wheel }],
    });
    return tools;
  }

  private secondary() {
    return [{ mouseButton: ToolEnums.MouseBindings.Secondary }];
  }

  private auxiliary() {
    return [{ mouseButton: ToolEnums.MouseBindings.Auxiliary }];
  }

  private listen(): void {
    const { signal } = this.leaving;
    const on = (target: EventTarget, name: string, act: (detail: never) => void) =>
      target.addEventListener(name, (event) => act((event as CustomEvent).detail as never), {
        signal,
      });
    on(this.element, Enums.Events.STACK_NEW_IMAGE, (detail: { imageId: string }) => {
      const shown = this.imageIds.indexOf(detail.imageId);
      if (shown === this.state.wanted) this.report({ shown, failure: null });
      else this.report({ shown });
    });
    on(this.element, Enums.Events.PRE_STACK_NEW_IMAGE, (detail: { imageId: string }) => {
      // The wheel moves the viewport itself: follow it.
      const wanted = this.imageIds.indexOf(detail.imageId);
      if (wanted >= 0 && wanted !== this.state.wanted) this.report({ wanted, failure: null });
    });
    for (const name of [
      Enums.Events.VOI_MODIFIED,
      Enums.Events.CAMERA_MODIFIED,
      Enums.Events.IMAGE_RENDERED,
    ]) {
      on(this.element, name, () => this.report({}));
    }
    on(
      eventTarget,
      Enums.Events.IMAGE_LOAD_ERROR,
      (detail: { imageId?: string; error?: unknown }) => {
        if (detail.imageId) this.failed(detail.imageId, detail.error);
      },
    );
    this.element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  }

  private failed(imageId: string, thrown: unknown): void {
    if (this.leaving.signal.aborted || this.imageIds[this.state.wanted] !== imageId) return;
    this.report({ shown: null, failure: failureOf(imageId) ?? asProblem(thrown) });
  }

  private report(changes: Partial<ViewState>): void {
    if (this.leaving.signal.aborted) return;
    const next = { ...this.state, ...changes };
    if (next.shown !== null) {
      const { voiRange, invert } = this.viewport.getProperties();
      const pixels = pixelsOf(this.imageIds[next.shown] ?? '');
      const grey = pixels?.samples !== 3;
      const window =
        voiRange && grey
          ? utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper)
          : null;
      next.window = window && { center: window.windowCenter, width: window.windowWidth };
      // MONOCHROME1 is shown the right way round by inverting it: that is not the reader's doing.
      next.inverted = (invert ?? false) !== (pixels?.inverted ?? false);
      next.zoom = this.zoom();
      next.pixels = pixels;
      next.placement = pixels && this.placement(pixels);
    }
    if (JSON.stringify(next) === JSON.stringify(this.state)) return;
    this.state = next;
    this.changed(next);
  }

  private zoom(): number | null {
    const imageId = this.imageIds[this.state.shown ?? -1] ?? this.viewport.getCurrentImageId();
    const pixels = pixelsOf(imageId ?? '');
    const spacing = pixels ? shownSpacing(pixels).row : 1;
    const { parallelScale } = this.viewport.getCamera();
    if (!parallelScale) return null;
    return (this.element.clientHeight * spacing) / (2 * parallelScale);
  }

  private placement({ columns, rows }: FramePixels): Placement | null {
    const indexToWorld = this.viewport.getImageData()?.imageData.indexToWorld;
    if (!indexToWorld) return null;
    // An index is the middle of a pixel; the corners of the image lie half a pixel further out.
    const corner = (column: number, row: number) =>
      this.viewport.worldToCanvas(indexToWorld([column - 0.5, row - 0.5, 0]) as Types.Point3);
    return placementOf(corner(0, 0), corner(columns, 0), corner(0, rows), columns, rows);
  }

  /** Loads the neighbours first, as far as they fit the cache comfortably. */
  private prefetch(from: number): void {
    const imageIds = this.imageIds;
    const nearest = imageIds
      .map((imageId, index) => ({ imageId, distance: Math.abs(index - from) }))
      .filter(({ distance }) => distance > 0 && distance <= 150)
      .sort((one, other) => one.distance - other.distance);
    const work = async () => {
      for (const { imageId } of nearest) {
        if (this.leaving.signal.aborted || this.imageIds !== imageIds) return;
        if (cache.getBytesAvailable() < 64 * 1024 * 1024) return;
        if (cache.getImageLoadObject(imageId)) continue;
        await imageLoader.loadAndCacheImage(imageId).catch(() => {});
      }
    };
    void work();
    void work();
  }
}
