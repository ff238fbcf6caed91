package io.overread.gateway.render;

/** What came of asking for a frame's pixels. */
public sealed interface Pixels permits FramePixels, NotRendered {}
