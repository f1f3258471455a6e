package ttrnn.cli;

import java.util.Iterator;
import ttrnn.dataset.Layouts;

/** The layouts that exist, for the help. */
final class LayoutNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Layouts.names().iterator();
    }
}
