import TestSupport
import Testing

@Suite struct `Any change to what is typed as a subject` {
  @Test(arguments: [
    "8x8x2 conv:3x2,filters=4,stride=2x1,left=1,groups=2,bias=no,name=v maxpool:2,name=p v[1,0,0]@1",
    "5x5x1 depthwise:3,multiplier=2,padding=same batchnorm,epsilon=1e-3 lrn:5,alpha=0.1,k=1/9 relu6",
    "6x4x1 avgpool:2,rounding=ceil,count-padding=no zeropad:1 dropout:0.5 flatten dense:3 softmax",
    "4x4x2 conv:1,filters=2,name=a add,from=X+a concat,from=a+add,name=c globalavgpool c[:,:,3]",
  ])
  func `gives sizes and steps, or a sentence`(subject: String) throws {
    let pieces = [
      "0", "-1", "4611686018427387904", "1/0", "0.5", "x", ":", ",", "=", " ", "+", "[", "]", "@",
      "v[1,0,0]@[0,1,0]", "conv:3", "maxpool:2", "same", "ceil", "strict", "stride=", "dilation=",
      "padding=", "from=X", "name=", "relu", "flatten", "dense:2", "é", "\u{202E}", "16777216",
    ]
    var mutation = Mutation(pieces, seed: subject.utf8.count)
    for _ in 0..<fuzzCount(usually: 400) {
      let changed = mutation.changed(Array(subject.utf8))
      try holdSubjectPromises(String(decoding: changed, as: UTF8.self))
    }
  }
}
