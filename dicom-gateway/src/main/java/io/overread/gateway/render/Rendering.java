package io.overread.gateway.render;

/** What came of rendering a frame. */
public sealed interface Rendering permits RenderedImage, NotRendered {}
