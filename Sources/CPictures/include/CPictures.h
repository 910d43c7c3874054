#ifndef CPICTURES_H
#define CPICTURES_H

#include <stddef.h>
#include <stdint.h>

// PNG and JPEG through libpng and libjpeg, whose errors are long jumps, which Swift must not see.
// Both are built only with the package trait PNGAndJPEG; without it every call says so.

enum picture_status {
  PICTURE_OK,
  PICTURE_NOT_BUILT,  // built without the trait
  PICTURE_BROKEN,     // `message` says why
  PICTURE_TOO_LARGE,  // more than `most` samples
};

/// Samples row by row, pixel by pixel, channel by channel, as the file has them.
struct decoded_picture {
  int width;
  int height;
  int channels;
  int maximum;
  uint16_t *samples;  // to be given to `free`
  char message[200];
};

/// Decodes a whole file; `most` bounds the samples that are taken.
enum picture_status picture_decode_png(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture);
enum picture_status picture_decode_jpeg(
    const uint8_t *bytes, size_t count, size_t most, struct decoded_picture *picture);

#endif
