package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** A component of a tile (B.3): its resolutions from the lowest on, and its samples. */
record TileComponent(Area area, CodingStyle coding, List<Resolution> resolutions, Plane plane) {}
