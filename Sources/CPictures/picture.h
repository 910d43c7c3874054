#ifndef PICTURE_H
#define PICTURE_H

#include "CPictures.h"

// What the decoders share; `most` is as they are given it.

/// Takes a picture's size and makes room for its samples.
enum picture_status picture_begin(
    struct decoded_picture *picture, int width, int height, int channels, int maximum, size_t most);

/// Copies a row as the libraries give it: one byte a sample, or two, the higher first, where the
/// maximum needs them.
void picture_put_row(struct decoded_picture *picture, size_t y, const uint8_t *row);

/// Keeps what a library says of an error.
void picture_keep_message(struct decoded_picture *picture, const char *text);

/// Frees the row that was worked in, and the samples of a picture that did not come out well.
enum picture_status picture_end(
    struct decoded_picture *picture, uint8_t *row, enum picture_status status);

#endif
