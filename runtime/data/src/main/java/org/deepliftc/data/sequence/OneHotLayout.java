package org.deepliftc.data.sequence;

/** The order of the two axes of a one-hot sequence. */
public enum OneHotLayout {
    /** {@code [4, length]}, as in ONNX and PyTorch. */
    CHANNELS_FIRST,
    /** {@code [length, 4]}, as in Keras. */
    CHANNELS_LAST;

    /** The shape of one sequence. */
    public int[] shape(int length) {
        return this == CHANNELS_FIRST ? new int[] {OneHot.CHANNELS, length} : new int[] {length, OneHot.CHANNELS};
    }

    int positionStride() {
        return this == CHANNELS_FIRST ? 1 : OneHot.CHANNELS;
    }

    int channelStride(int length) {
        return this == CHANNELS_FIRST ? length : 1;
    }
}
