package ttrnn.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of {@link FaultyFiles}: a path of the default file system with another file system behind it. */
record FaultyPath(Path path, FileSystem system) implements Path {
    private Path wrap(Path result) {
        return result == null ? null : new FaultyPath(result, system);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return wrap(path.getRoot());
    }

    @Override
    public Path getFileName() {
        return wrap(path.getFileName());
    }

    @Override
    public Path getParent() {
        return wrap(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return wrap(path.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(FaultyFiles.inner(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(FaultyFiles.inner(other));
    }

    @Override
    public Path normalize() {
        return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(path.resolve(FaultyFiles.inner(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(path.relativize(FaultyFiles.inner(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return wrap(path.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(FaultyFiles.inner(other));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
