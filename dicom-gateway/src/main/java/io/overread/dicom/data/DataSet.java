package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Data elements in the order of their tags (PS3.5 7.1). Reading a value never fails on its content:
 * what is absent, empty or not of the asked kind comes back empty.
 *
 * <p>Not safe for use by several threads while it is being changed.
 */
public final class DataSet implements Iterable<Element> {

  private final NavigableMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
  private @Nullable DataSet enclosing;
  private CharacterSet detached = CharacterSet.DEFAULT;
  private @Nullable CharacterSet own;
  private boolean undefinedLength;

  /**
   * A new data set whose text is of the given repertoire (0008,0005), such as {@code ISO_IR 192}.
   */
  public static DataSet withCharacterSet(String... definedTerms) {
    return new DataSet().putString(Tag.SpecificCharacterSet, definedTerms);
  }

  // ---- elements

  public Optional<Element> find(int tag) {
    return Optional.ofNullable(elements.get(tag));
  }

  public boolean contains(int tag) {
    return elements.containsKey(tag);
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }

  public int size() {
    return elements.size();
  }

  /** In ascending order of tags. */
  public Collection<Element> elements() {
    return Collections.unmodifiableCollection(elements.values());
  }

  @Override
  public Iterator<Element> iterator() {
    return elements().iterator();
  }

  // ---- values

  /** The first value, without padding; numbers are printed. */
  public Optional<String> string(int tag) {
    List<String> values = strings(tag);
    return values.isEmpty() || values.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getFirst());
  }

  /** All values, without padding; numbers are printed. One that is empty between others stays. */
  public List<String> strings(int tag) {
    Element element = elements.get(tag);
    return element == null ? List.of() : TextValues.read(element, vr(element), characterSet());
  }

  /** The first value where that is a whole number in the range of int. */
  public OptionalInt integer(int tag) {
    long[] values = integers(tag);
    return values.length > 0 && values[0] == (int) values[0]
        ? OptionalInt.of((int) values[0])
        : OptionalInt.empty();
  }

  /** All values; none if one of them is not a whole number. */
  public long[] integers(int tag) {
    Element element = elements.get(tag);
    return element == null
        ? new long[0]
        : NumberValues.integers(element, vr(element), characterSet());
  }

  /** The first value where that is a number. */
  public OptionalDouble decimal(int tag) {
    double[] values = decimals(tag);
    return values.length > 0 ? OptionalDouble.of(values[0]) : OptionalDouble.empty();
  }

  /** All values; none if one of them is not a number. */
  public double[] decimals(int tag) {
    Element element = elements.get(tag);
    return element == null
        ? new double[0]
        : NumberValues.decimals(element, vr(element), characterSet());
  }

  /** The first value of a PN element. */
  public Optional<PersonName> personName(int tag) {
    return string(tag).map(PersonName::parse);
  }

  /** The items of a sequence; none if there is no such sequence. */
  public List<DataSet> items(int tag) {
    Element element = elements.get(tag);
    return element != null && element.value() instanceof Sequence sequence
        ? sequence.items()
        : List.of();
  }

  /** The first item of a sequence. */
  public Optional<DataSet> item(int tag) {
    return items(tag).stream().findFirst();
  }

  /** The bytes of a value, wherever they are; empty for sequences and fragments too. */
  public Optional<Octets> octets(int tag) {
    Element element = elements.get(tag);
    return element != null && element.value() instanceof Octets octets
        ? Optional.of(octets)
        : Optional.empty();
  }

  /** The little endian bytes of a value held in memory, padding included; none if it is not. */
  public byte[] bytes(int tag) {
    Element element = elements.get(tag);
    return element != null && element.value() instanceof Bytes bytes
        ? bytes.toArray()
        : new byte[0];
  }

  /** The fragments of encapsulated pixel data. */
  public Optional<Fragments> fragments(int tag) {
    Element element = elements.get(tag);
    return element != null && element.value() instanceof Fragments fragments
        ? Optional.of(fragments)
        : Optional.empty();
  }

  // ---- changes

  /**
   * Adds or replaces an element.
   *
   * @throws IllegalStateException if this changes the character set of text that is already here,
   *     or if an item belongs to another data set: {@link #copy} it
   */
  public DataSet put(Element element) {
    if (element.tag() == Tag.SpecificCharacterSet) {
      requireNoExtendedText();
    }
    return append(element);
  }

  /** As {@link #put} for a reader, which meets elements in any order. */
  DataSet append(Element element) {
    if (element.tag() == Tag.SpecificCharacterSet) {
      own = null;
    }
    if (element.value() instanceof Sequence sequence) {
      sequence.items().forEach(item -> item.enclosedIn(this));
    }
    elements.put(element.tag(), element);
    return this;
  }

  /** Representation by the dictionary. */
  public DataSet putString(int tag, String... values) {
    return putString(tag, VrLookup.of(tag, this), values);
  }

  /**
   * Adds or replaces text.
   *
   * @throws IllegalArgumentException if a value has characters that the character set can't
   *     express, or the representation is not one of text
   */
  public DataSet putString(int tag, Vr vr, String... values) {
    return put(new Element(tag, vr, TextValues.write(vr, characterSet(), values)));
  }

  /** Representation by the dictionary: binary, IS or DS. */
  public DataSet putInteger(int tag, long... values) {
    return putInteger(tag, VrLookup.of(tag, this), values);
  }

  /**
   * Adds or replaces whole numbers.
   *
   * @throws IllegalArgumentException if the representation can't hold a value
   */
  public DataSet putInteger(int tag, Vr vr, long... values) {
    return put(new Element(tag, vr, NumberValues.ofIntegers(vr, values)));
  }

  /** Representation by the dictionary: FL, FD, OF, OD or DS. */
  public DataSet putDecimal(int tag, double... values) {
    Vr vr = VrLookup.of(tag, this);
    return put(new Element(tag, vr, NumberValues.ofDecimals(vr, values)));
  }

  /** Little endian bytes; an odd number is padded when written. */
  public DataSet putBytes(int tag, Vr vr, byte[] littleEndian) {
    return put(new Element(tag, vr, Bytes.copyOf(littleEndian)));
  }

  public DataSet putItems(int tag, DataSet... items) {
    return put(new Element(tag, Vr.SQ, new Sequence(List.of(items), false)));
  }

  /** Encapsulated pixel data, one array a fragment; the Basic Offset Table stays empty. */
  public DataSet putFragments(int tag, List<byte[]> fragments) {
    List<Octets> octets = fragments.stream().<Octets>map(Bytes::copyOf).toList();
    return put(new Element(tag, Vr.OB, new Fragments(Bytes.empty(), octets)));
  }

  /** An element without a value, as type 2 allows. */
  public DataSet putEmpty(int tag) {
    Vr vr = VrLookup.of(tag, this);
    Value empty = vr == Vr.SQ ? new Sequence(List.of(), false) : Bytes.empty();
    return put(new Element(tag, vr, empty));
  }

  public DataSet remove(int tag) {
    if (tag == Tag.SpecificCharacterSet) {
      requireNoExtendedText();
      own = null;
    }
    elements.remove(tag);
    return this;
  }

  /**
   * Independent of this one, down to the items; the values themselves, which never change, are
   * shared.
   */
  public DataSet copy() {
    DataSet copy = new DataSet();
    copy.undefinedLength = undefinedLength;
    copy.detached = characterSet();
    for (Element element : elements.values()) {
      Value value = element.value();
      if (value instanceof Sequence sequence) {
        List<DataSet> items = sequence.items().stream().map(DataSet::copy).toList();
        items.forEach(item -> item.enclosing = copy);
        value = new Sequence(items, sequence.undefinedLength());
      }
      copy.elements.put(element.tag(), new Element(element.tag(), element.vr(), value));
    }
    return copy;
  }

  // ---- context

  /** Of this data set, or of the one that encloses this item (PS3.3 C.12.1.1.2). */
  public CharacterSet characterSet() {
    Element element = elements.get(Tag.SpecificCharacterSet);
    if (element == null) {
      return enclosing == null ? detached : enclosing.characterSet();
    }
    CharacterSet known = own;
    if (known == null) {
      known = CharacterSet.of(TextValues.read(element, Vr.CS, CharacterSet.DEFAULT));
      own = known;
    }
    return known;
  }

  @Nullable DataSet enclosing() {
    return enclosing;
  }

  /** An item whose text is of another repertoire than what now encloses it says so itself. */
  void enclosedIn(DataSet dataSet) {
    if (enclosing == dataSet) {
      return;
    }
    if (enclosing != null) {
      throw new IllegalStateException("The item belongs to another data set");
    }
    CharacterSet before = characterSet();
    if (!contains(Tag.SpecificCharacterSet)
        && !before.equals(dataSet.characterSet())
        && hasExtendedText()) {
      String[] terms = before.definedTerms().toArray(String[]::new);
      Bytes value = TextValues.write(Vr.CS, CharacterSet.DEFAULT, terms);
      elements.put(Tag.SpecificCharacterSet, new Element(Tag.SpecificCharacterSet, Vr.CS, value));
    }
    enclosing = dataSet;
  }

  boolean undefinedLength() {
    return undefinedLength;
  }

  void undefinedLength(boolean undefined) {
    undefinedLength = undefined;
  }

  /** Whether there is text here whose characters depend on the character set. */
  private boolean hasExtendedText() {
    for (Element element : elements.values()) {
      boolean extended =
          switch (element.value()) {
            case Bytes bytes ->
                vr(element).usesSpecificCharacterSet() && CharacterSet.isExtended(bytes.array());
            case Sequence sequence ->
                sequence.items().stream()
                    .anyMatch(
                        item -> !item.contains(Tag.SpecificCharacterSet) && item.hasExtendedText());
            case Octets elsewhere -> vr(element).usesSpecificCharacterSet();
            case Fragments fragments -> false;
          };
      if (extended) {
        return true;
      }
    }
    return false;
  }

  private void requireNoExtendedText() {
    if (hasExtendedText()) {
      throw new IllegalStateException("There is text in the present character set already");
    }
  }

  private Vr vr(Element element) {
    return element.vr() == Vr.UN ? VrLookup.of(element.tag(), this) : element.vr();
  }
}
