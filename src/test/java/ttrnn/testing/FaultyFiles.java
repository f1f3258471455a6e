package ttrnn.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The default file system, but the n-th operation on files fails: opening, reading, writing, forcing, renaming, deleting,
 * making and listing a folder. What is written is not forced to disk, since no power is cut here. A write that fails has
 * written a part. So the code under test needs no door for faults: it is given a path of this file system.
 */
public final class FaultyFiles extends FileSystemProvider {
    private final AtomicInteger left;
    private final boolean forGood;
    private final AtomicInteger done = new AtomicInteger();
    private final FileSystem system = new FaultySystem(this);

    /**
     * A file system of its own.
     *
     * @param failing number of the operation that fails, from 1
     * @param forGood whether all that follow fail too
     */
    public FaultyFiles(int failing, boolean forGood) {
        this.left = new AtomicInteger(failing);
        this.forGood = forGood;
    }

    /** One where nothing fails. */
    public static FaultyFiles sound() {
        return new FaultyFiles(Integer.MAX_VALUE, false);
    }

    /** {@code path} as seen here. */
    public Path of(Path path) {
        return new FaultyPath(path, system);
    }

    /** Whether an operation has failed. */
    public boolean hasFailed() {
        return left.get() <= 0;
    }

    /** How many operations there were. */
    public int operations() {
        return done.get();
    }

    /** Counts an operation on an open file, of which the JDK tells no name. */
    void count(String what) throws IOException {
        if (fails()) {
            throw new IOException(what.startsWith("write") ? "No space left on device" : "Input/output error");
        }
    }

    private void count(Path path) throws IOException {
        if (fails()) {
            throw new FileSystemException(path.toString(), null, "Input/output error");
        }
    }

    private boolean fails() {
        done.incrementAndGet();
        int before = left.getAndDecrement();
        return before == 1 || (before < 1 && forGood);
    }

    static Path inner(Path path) {
        return path instanceof FaultyPath faulty ? faulty.path() : path;
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        count(path);
        return new FaultyChannel(FileChannel.open(inner(path), options, attributes), this);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        count(path);
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(inner(path))) {
            for (Path entry : stream) {
                Path seen = of(entry);
                if (filter.accept(seen)) {
                    entries.add(seen);
                }
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return entries.iterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        count(path);
        Files.createDirectory(inner(path), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        count(path);
        Files.delete(inner(path));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        count(source);
        Files.move(inner(source), inner(target), options);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        count(source);
        Files.copy(inner(source), inner(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return Files.isSameFile(inner(path), inner(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return Files.isHidden(inner(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return Files.getFileStore(inner(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        Path real = inner(path);
        real.getFileSystem().provider().checkAccess(real, modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return Files.getFileAttributeView(inner(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return Files.readAttributes(inner(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return Files.readAttributes(inner(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        Files.setAttribute(inner(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    /** Knows its provider; all else is the default file system's. */
    private static final class FaultySystem extends FileSystem {
        private final FaultyFiles provider;
        private final FileSystem real = Path.of("").getFileSystem();

        FaultySystem(FaultyFiles provider) {
            this.provider = provider;
        }

        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return real.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return real.getRootDirectories();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return real.getFileStores();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return real.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(String first, String... more) {
            return provider.of(real.getPath(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            return real.getPathMatcher(pattern);
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }
}
