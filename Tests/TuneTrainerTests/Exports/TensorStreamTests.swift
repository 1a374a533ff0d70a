import Testing

@testable import TuneTrainer

struct TensorStreamTests {
    /// llama.cpp's place of every row, and back.
    @Test(arguments: [2, 4, 64]) func theOrderOfALlamaFileIsTheInverseOfItsReading(_ size: Int) {
        let rows = 0..<3 * size
        let order = StoredTensor.RowOrder.interleaved(headSize: size)
        #expect(rows.map { TensorStream.used(order.place(of: $0), headSize: size) } == Array(rows))
        #expect(Set(rows.map { TensorStream.used($0, headSize: size) }) == Set(rows))
    }
}
