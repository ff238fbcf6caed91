package io.overread.dicom.pixel.jpeg2000;

import java.util.List;

/** A resolution of a tile-component: its size in the wavelet transform, and its precincts. */
record Resolution(Area area, List<Precinct> precincts) {}
