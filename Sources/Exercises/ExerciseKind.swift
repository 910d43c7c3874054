/// A kind of exercise: what is drawn for it and what is asked. A new one is a case here with a number
/// of its own, and a function of `Kinds/`.
package enum ExerciseKind: String, Sendable, Hashable, CaseIterable {
  case length, size
  case poolLength, poolSize
  case filterParameters, depthwiseParameters, denseParameters, chainParameters
  case filterProducts, depthwiseProducts
  case cell, sliceSum, maximum, mean
  case fieldOfTwo, fieldOfThree
  case unreadPlace, unreadCount
  case readers
  case padding, stride, filter
  case pytorchConvolution, pytorchPool, pytorchParameters, kerasConvolution
  case inputGradient, weightGradient, biasGradient, winnerGradient
  case hingeLoss, hingeGradient

  package var topic: Topic {
    switch self {
    case .length, .size: .sizes
    case .poolLength, .poolSize: .pools
    case .filterParameters, .depthwiseParameters, .denseParameters, .chainParameters: .parameters
    case .filterProducts, .depthwiseProducts: .products
    case .cell, .sliceSum, .maximum, .mean: .cells
    case .fieldOfTwo, .fieldOfThree: .fields
    case .unreadPlace, .unreadCount: .unread
    case .readers: .readers
    case .padding, .stride, .filter: .settings
    case .pytorchConvolution, .pytorchPool, .pytorchParameters, .kerasConvolution: .code
    case .inputGradient, .weightGradient, .biasGradient, .winnerGradient: .gradients
    case .hingeLoss, .hingeGradient: .losses
    }
  }

  /// Where its draws come from, for ever, so that a seed makes the same exercises wherever its case
  /// stands: a new kind takes the next number.
  var number: Int {
    switch self {
    case .length: 0
    case .size: 1
    case .poolLength: 2
    case .poolSize: 3
    case .filterParameters: 4
    case .depthwiseParameters: 5
    case .denseParameters: 6
    case .chainParameters: 7
    case .filterProducts: 8
    case .depthwiseProducts: 9
    case .cell: 10
    case .sliceSum: 11
    case .maximum: 12
    case .mean: 13
    case .fieldOfTwo: 14
    case .fieldOfThree: 15
    case .unreadPlace: 16
    case .unreadCount: 17
    case .readers: 18
    case .padding: 19
    case .stride: 20
    case .filter: 21
    case .pytorchConvolution: 22
    case .pytorchPool: 23
    case .pytorchParameters: 24
    case .kerasConvolution: 25
    case .inputGradient: 26
    case .weightGradient: 27
    case .biasGradient: 28
    case .winnerGradient: 29
    case .hingeLoss: 30
    case .hingeGradient: 31
    }
  }

  /// Draws one; nil where what was drawn makes none.
  func draft(_ draws: inout Draws) -> Draft? {
    switch self {
    case .length: .length(&draws, pools: false)
    case .size: .size(&draws, pools: false)
    case .poolLength: .length(&draws, pools: true)
    case .poolSize: .size(&draws, pools: true)
    case .filterParameters: .filterParameters(&draws)
    case .depthwiseParameters: .depthwiseParameters(&draws)
    case .denseParameters: .denseParameters(&draws)
    case .chainParameters: .chainParameters(&draws)
    case .filterProducts: .filterProducts(&draws)
    case .depthwiseProducts: .depthwiseProducts(&draws)
    case .cell: .cell(&draws)
    case .sliceSum: .sliceSum(&draws)
    case .maximum: .pooled(&draws, isMean: false)
    case .mean: .pooled(&draws, isMean: true)
    case .fieldOfTwo: .field(&draws, layers: 2)
    case .fieldOfThree: .field(&draws, layers: 3)
    case .unreadPlace: .unreadPlace(&draws)
    case .unreadCount: .unreadCount(&draws)
    case .readers: .readers(&draws)
    case .padding: .padding(&draws)
    case .stride: .stride(&draws)
    case .filter: .filter(&draws)
    case .pytorchConvolution: .pytorchConvolution(&draws)
    case .pytorchPool: .pytorchPool(&draws)
    case .pytorchParameters: .pytorchParameters(&draws)
    case .kerasConvolution: .kerasConvolution(&draws)
    case .inputGradient: .inputGradient(&draws)
    case .weightGradient: .weightGradient(&draws)
    case .biasGradient: .biasGradient(&draws)
    case .winnerGradient: .winnerGradient(&draws)
    case .hingeLoss: .hingeLoss(&draws)
    case .hingeGradient: .hingeGradient(&draws)
    }
  }
}
