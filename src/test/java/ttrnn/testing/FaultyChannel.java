package ttrnn.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel of {@link FaultyFiles}. */
final class FaultyChannel extends FileChannel {
    private final FileChannel channel;
    private final FaultyFiles files;

    FaultyChannel(FileChannel channel, FaultyFiles files) {
        this.channel = channel;
        this.files = files;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        files.count("read");
        return channel.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        files.count("read");
        return channel.read(target, position);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        files.count("write");
        return channel.write(source);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        try {
            files.count("write");
        } catch (IOException e) {
            ByteBuffer part = source.duplicate();
            channel.write(part.limit(part.position() + part.remaining() / 2), position);
            throw e;
        }
        return channel.write(source, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        files.count("write to disk");
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        files.count("write");
        channel.truncate(size);
        return this;
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        files.count("lock");
        return channel.tryLock(position, size, shared);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        files.count("lock");
        return channel.lock(position, size, shared);
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }
}
